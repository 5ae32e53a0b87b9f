import { shell } from 'electron'

/** Shows a file in the system's file manager, selected. */
export const showInFolder = (file: string) => shell.showItemInFolder(file)
