import { Component, type ReactNode } from 'react'
import { FailedState } from '#renderer/ui/failed.tsx'

interface PageBoundaryProps {
  /** Another value forgets the failure: the page was left. */
  resetKey: string
  children: ReactNode
}

interface PageBoundaryState {
  error: unknown
  failedKey: string | undefined
}

/** Keeps a failure inside the page it happened in. A class, because React catches errors in no other way. */
export class PageBoundary extends Component<PageBoundaryProps, PageBoundaryState> {
  override state: PageBoundaryState = { error: undefined, failedKey: undefined }

  static getDerivedStateFromError(error: unknown): Partial<PageBoundaryState> {
    return { error }
  }

  static getDerivedStateFromProps({ resetKey }: PageBoundaryProps, { error, failedKey }: PageBoundaryState) {
    if (error === undefined) return null
    if (failedKey === undefined) return { failedKey: resetKey }
    return failedKey === resetKey ? null : { error: undefined, failedKey: undefined }
  }

  override render() {
    if (this.state.error === undefined) return this.props.children
    return (
      <FailedState
        title="This page broke"
        error={this.state.error}
        onRetry={() => this.setState({ error: undefined, failedKey: undefined })}
      />
    )
  }
}
