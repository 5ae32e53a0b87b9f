import { configure } from '@testing-library/react'

// What is looked for may take long to be drawn where many tests share few cores (ms).
configure({ asyncUtilTimeout: 10_000 })

// What jsdom leaves out, so that nothing is said about it: it scrolls nothing, paints nothing, and React takes the
// elements that jsdom does not know yet, such as <search>, for typing mistakes.
window.scrollTo = () => undefined
HTMLCanvasElement.prototype.getContext = () => null
Object.defineProperty(HTMLUnknownElement.prototype, Symbol.toStringTag, { value: 'HTMLElement' })
