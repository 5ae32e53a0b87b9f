import { type QueryFields, rememberText } from '#renderer/lib/fleet-query.ts'
import { formatGuest } from '#renderer/lib/format.ts'
import type { AppRow, Guest, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'

const sizeText = (guest: Guest | undefined): string => (guest ? formatGuest(guest) : '')

const imageText = ({ image }: Pick<MachineRow, 'image'>): string =>
  image ? `${image.repository}:${image.tag ?? ''}@${image.digest ?? ''}` : ''

const stateText = ({ state, hostStatus }: MachineRow): string => (hostStatus === 'unreachable' ? 'unreachable' : state)

/** What the filter of the machine table understands. */
export const MACHINE_FIELDS: QueryFields<MachineRow> = {
  text: rememberText((row) =>
    [row.id, row.name, row.app, row.userId, row.region, stateText(row), sizeText(row.guest), imageText(row)].join(' '),
  ),
  keys: {
    state: { read: stateText, match: 'start' },
    app: { read: ({ app }) => app, match: 'part' },
    region: { read: ({ region }) => region, match: 'start' },
    user: { read: ({ userId }) => userId ?? '', match: 'part' },
    image: { read: imageText, match: 'part' },
  },
}

export const APP_FIELDS: QueryFields<AppRow> = {
  text: rememberText(({ name, org, status, layout, regions }) => [name, org, status, layout, ...regions].join(' ')),
  keys: {
    org: { read: ({ org }) => org, match: 'part' },
    region: { read: ({ regions }) => regions.join(' '), match: 'part' },
    status: { read: ({ status }) => status, match: 'start' },
    layout: { read: ({ layout }) => layout, match: 'start' },
  },
}

export const VOLUME_FIELDS: QueryFields<VolumeRow> = {
  text: rememberText(({ id, name, app, region, state, userId, attachedMachineId }) =>
    [id, name, app, region, state, userId, attachedMachineId].join(' '),
  ),
  keys: {
    app: { read: ({ app }) => app, match: 'part' },
    region: { read: ({ region }) => region, match: 'start' },
    user: { read: ({ userId }) => userId ?? '', match: 'part' },
    state: { read: ({ state }) => state, match: 'start' },
  },
}
