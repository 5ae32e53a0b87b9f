import { appNode } from './app-node.ts'
import type { Nodes } from './context.ts'
import { machineNode } from './machine-nodes.ts'
import { organizationNode } from './organization-node.ts'
import { volumeNode } from './volume-nodes.ts'

export const nodes: Nodes = { app: appNode, organization: organizationNode, machine: machineNode, volume: volumeNode }
