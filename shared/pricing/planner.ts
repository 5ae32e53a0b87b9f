import Big from 'big.js'
import type { Guest } from '../contracts/fleet.ts'
import { hourPrice } from './machine-price.ts'
import { type Dollars, dollars, formatDollars, sumOf } from './money.ts'
import { ASSUMED_ROOTFS_GB, markupOf, PRICES } from './prices.ts'

export interface PlannerInput {
  users: number
  /** Hours a workspace is started on each day it is used, 0…24. */
  hoursPerDay: number
  /** Days a month on which it is used, 0…30. */
  days: number
  guest: Guest
  /** Provisioned GB of each user's volume; 0 = none. */
  volumeGb: number
  region: string
  /** GB of the unpacked image: what a stopped machine is charged for. */
  imageGb?: number | undefined
}

export interface PlannerLine {
  part: string
  /** The arithmetic, as it would be written on paper. */
  text: string
  amount: Dollars
}

export interface PlannerResult {
  lines: PlannerLine[]
  total: Dollars
  perUser: Dollars
  /** The same users with machines that never stop. */
  alwaysOn: Dollars
}

const HOURS_PER_MONTH = 720

/** What so many workspaces cost for 30 days. */
export function plan(input: PlannerInput): PlannerResult {
  const lines = linesOf(input)
  const total = totalOf(lines)
  const alwaysOn = totalOf(linesOf({ ...input, hoursPerDay: 24, days: 30 }))
  const perUser = input.users > 0 ? dollars(new Big(total).div(input.users)) : '0'
  return { lines, total, perUser, alwaysOn }
}

const totalOf = (lines: readonly PlannerLine[]) => sumOf(lines.map(({ amount }) => amount))

function linesOf(input: PlannerInput): PlannerLine[] {
  return [computeLine(input), stoppedLine(input), volumeLine(input)]
}

function hours({ hoursPerDay, days }: PlannerInput): Big {
  return new Big(hoursPerDay).times(days)
}

function computeLine(input: PlannerInput): PlannerLine {
  const { users, guest, region } = input
  const hour = hourPrice({ guest, region })
  const markup = markupOf(region)
  const place = markup === '1' ? region : `${region}, ×${new Big(markup).round(2).toFixed()} of iad`
  return {
    part: 'Compute',
    text: `${count(users, 'user')} × ${hours(input).toFixed()} h × $${new Big(hour).toFixed(6)} an hour (${place})`,
    amount: dollars(hours(input).times(hour).times(users)),
  }
}

function stoppedLine(input: PlannerInput): PlannerLine {
  const { users, imageGb = ASSUMED_ROOTFS_GB } = input
  const share = new Big(HOURS_PER_MONTH).minus(hours(input)).div(HOURS_PER_MONTH)
  return {
    part: 'Stopped root file systems',
    text: `${count(users, 'user')} × ${imageGb} GB × $${PRICES.rootfsGbMonth} × ${percent(share)} of the time`,
    amount: dollars(share.times(PRICES.rootfsGbMonth).times(imageGb).times(users)),
  }
}

function volumeLine({ users, volumeGb }: PlannerInput): PlannerLine {
  return {
    part: 'Volumes',
    text: `${count(users, 'user')} × ${volumeGb} GB × $${PRICES.volumeGbMonth}, started or not`,
    amount: dollars(new Big(PRICES.volumeGbMonth).times(volumeGb).times(users)),
  }
}

function percent(share: Big): string {
  return `${share.times(100).round(1).toFixed()} %`
}

/** `1 user`, `1,000 users`. */
export function count(amount: number, noun: string): string {
  const grouped = String(amount).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${grouped} ${amount === 1 ? noun : `${noun}s`}`
}

/** What the sum of a planner's result leaves out. */
export const PLANNER_LEFT_OUT: readonly string[] = [
  `Snapshots: the first ${PRICES.snapshotFreeGb} GB of an organization are free, more cost ${formatDollars(PRICES.snapshotGbMonth)} per GB and month.`,
  'Egress, which depends on what users download.',
  `Dedicated IPv4 addresses at ${formatDollars(PRICES.dedicatedIpv4Month)} a month each; shared ones are free.`,
]
