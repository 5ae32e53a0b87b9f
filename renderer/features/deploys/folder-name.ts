/** The last part of a path, of whatever system. */
export const folderName = (folder: string): string => folder.split(/[/\\]/).filter(Boolean).at(-1) ?? folder

/** A path as seen from `folder`, when it lies in it. */
export const pathWithin = (folder: string, path: string): string =>
  path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`) ? path.slice(folder.length + 1) : path
