import { clipboard } from 'electron'

/** The system's clipboard, as text. */
export const systemClipboard = {
  readText: async () => clipboard.readText(),
  writeText: async (text: string) => clipboard.writeText(text),
  clear: async () => clipboard.clear(),
}
