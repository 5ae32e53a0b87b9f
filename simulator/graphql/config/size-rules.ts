import { guestOf, guestProblem } from '../../machines/config.ts'
import { megabytes } from './amounts.ts'
import type { FlyConfig } from './shape.ts'

const SIZE = /^(shared-cpu|performance)-\d+x$/
const KINDS = ['shared', 'performance'] as const

type Vm = FlyConfig['vm'][number]

/** Words that are none, before the numbers are looked at. */
function wordErrors({ size, memory, cpu_kind: kind }: Vm): string[] {
  return [
    ...(size === undefined || SIZE.test(size) ? [] : [`'${size}' is an invalid machine size`]),
    ...(kind === undefined || KINDS.some((known) => known === kind)
      ? []
      : [`cpu_kind '${kind}' is not shared or performance`]),
    ...(memory === undefined || megabytes(memory) !== undefined ? [] : [`memory '${memory}' is not a size`]),
  ]
}

/** `size` counts least: what is named beside it goes before it. */
function guestErrors({ size, memory, memory_mb: plain, cpus, cpu_kind: word }: Vm): string[] {
  const preset = guestOf({ image: '', ...(size === undefined ? {} : { size }) })
  const problem = guestProblem({
    cpu_kind: KINDS.find((known) => known === word) ?? preset.cpu_kind,
    cpus: cpus ?? preset.cpus,
    memory_mb: (memory === undefined ? plain : megabytes(memory)) ?? preset.memory_mb,
  })
  return problem === undefined ? [] : [problem]
}

export const sizeErrors = ({ vm }: FlyConfig): string[] =>
  vm.flatMap((section) => {
    const words = wordErrors(section)
    return (words.length > 0 ? words : guestErrors(section)).map((problem) => `vm: ${problem}`)
  })
