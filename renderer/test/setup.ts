// What jsdom leaves out, so that nothing is said about it: it scrolls nothing, paints nothing, and React takes the
// elements that jsdom does not know yet, such as <search>, for typing mistakes.
window.scrollTo = () => undefined
HTMLCanvasElement.prototype.getContext = () => null
Object.defineProperty(HTMLUnknownElement.prototype, Symbol.toStringTag, { value: 'HTMLElement' })
