import { Toast as Base } from '@base-ui/react/toast'
import { CircleCheck, Info, type LucideIcon, OctagonX, TriangleAlert, X } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import styles from './toast.module.css'

/** Success leaves by itself; what failed or needs a look stays until it is dismissed. */
const SUCCESS_MS = 5000

interface ToastOptions {
  /** One toast per id: the next one takes the place of the last. */
  id?: string
  /** One sentence more. */
  text?: ReactNode
  /** One way to undo or look. */
  action?: { label: string; icon?: ReactNode; onClick: () => void }
}

export interface Toasts {
  success(title: string, options?: ToastOptions): void
  /** Work under way that will end by another toast. */
  info(title: string, options?: ToastOptions): void
  warning(title: string, options?: ToastOptions): void
  failure(title: string, options?: ToastOptions): void
}

interface ToastData extends ToastOptions {
  tone: Tone
}

const ICONS: Partial<Record<Tone, LucideIcon>> = { ok: CircleCheck, bad: OctagonX, warn: TriangleAlert }

export function useToast(): Toasts {
  const { add } = Base.useToastManager<ToastData>()
  return useMemo(() => {
    const show =
      (tone: Tone, timeout: number) =>
      (title: string, { id, ...options }: ToastOptions = {}) => {
        const priority = tone === 'bad' ? 'high' : 'low'
        add({ ...(id !== undefined && { id }), title, timeout, priority, data: { ...options, tone } })
      }
    return {
      success: show('ok', SUCCESS_MS),
      info: show('busy', SUCCESS_MS),
      warning: show('warn', 0),
      failure: show('bad', 0),
    }
  }, [add])
}

/** Holds what is to be said; the toasts appear over the lower right corner of the window. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider timeout={SUCCESS_MS} limit={4}>
      {children}
      <Base.Portal>
        <Base.Viewport className={styles.viewport}>
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function ToastList() {
  const { toasts, close } = Base.useToastManager<ToastData>()
  return toasts.map((toast) => {
    const { tone = 'busy', text, action } = toast.data ?? {}
    const Icon = ICONS[tone] ?? Info
    return (
      <Base.Root
        key={toast.id}
        toast={toast}
        className={styles.toast}
        data-toast
        data-tone={tone}
        swipeDirection="right"
      >
        <Icon />
        <Base.Title className={styles.title} render={<b />} />
        <IconButton size="s" label="Dismiss" className={styles.close} onClick={() => close(toast.id)}>
          <X size={14} />
        </IconButton>
        {text && <Base.Description className={styles.text}>{text}</Base.Description>}
        {action && (
          <div className={styles.actions}>
            <Button
              size="s"
              icon={action.icon}
              onClick={() => {
                action.onClick()
                close(toast.id)
              }}
            >
              {action.label}
            </Button>
          </div>
        )}
      </Base.Root>
    )
  })
}
