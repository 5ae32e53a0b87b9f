import { type ComponentType, type ReactNode, use } from 'react'

type PropsOf<Component> = Component extends (props: infer Props extends object) => ReactNode ? Props : never

export interface LazyPart<Module, Name extends keyof Module> {
  (props: PropsOf<Module[Name]>): ReactNode
  /** Loads its code, if that has not begun. */
  preload(): Promise<unknown>
}

/**
 * The component `name` of a file that is loaded when it is first shown. Other than one of React's `lazy`, it does not
 * suspend once its code is there, so a page that was preloaded appears in the same frame.
 */
export function lazyPart<Module extends Record<Name, ComponentType<PropsOf<Module[Name]>>>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
): LazyPart<Module, Name> {
  let loading: Promise<Module> | undefined
  const preload = () => {
    loading ??= readable(load())
    return loading
  }
  function Part(props: PropsOf<Module[Name]>) {
    const Loaded: ComponentType<PropsOf<Module[Name]>> = use(preload())[name]
    return <Loaded {...props} />
  }
  return Object.assign(Part, { preload })
}

/** Lets `use` read the value without suspending once it is there: React looks for these two fields. */
function readable<Value>(promise: Promise<Value>): Promise<Value> {
  const read = promise.then((value) => {
    Object.assign(read, { status: 'fulfilled', value })
    return value
  })
  return read
}

/** Loads `parts` one after another, each when the page has nothing better to do. Call the result to stop. */
export function preloadWhenIdle(parts: readonly { preload(): Promise<unknown> }[]): () => void {
  const [next, ...rest] = parts
  if (!next) return () => {}
  let stop = () => {}
  const handle = requestIdleCallback(() => {
    // A part that cannot be loaded says so where it is shown.
    next.preload().then(
      () => {
        stop = preloadWhenIdle(rest)
      },
      () => {},
    )
  })
  stop = () => cancelIdleCallback(handle)
  return () => stop()
}
