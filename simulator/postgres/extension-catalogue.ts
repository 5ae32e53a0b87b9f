interface Known {
  version: string
  description: string
  /** Cannot be disabled. */
  system?: true
  /** Only where the cluster was made with PostGIS. */
  postgis?: true
}

/** Extensions a database can have. A selection: what Fly offers is longer. */
export const EXTENSIONS = {
  citext: { version: '1.6', description: 'data type for case-insensitive character strings' },
  hstore: { version: '1.8', description: 'data type for storing sets of (key, value) pairs' },
  ltree: { version: '1.3', description: 'data type for hierarchical tree-like structures' },
  pg_stat_statements: {
    version: '1.11',
    description: 'track planning and execution statistics of all SQL statements executed',
    system: true,
  },
  pg_trgm: { version: '1.6', description: 'text similarity measurement and index searching based on trigrams' },
  pgcrypto: { version: '1.3', description: 'cryptographic functions' },
  plpgsql: { version: '1.0', description: 'PL/pgSQL procedural language', system: true },
  postgis: { version: '3.5.2', description: 'PostGIS geometry and geography types and functions', postgis: true },
  postgis_topology: { version: '3.5.2', description: 'PostGIS topology types and functions', postgis: true },
  unaccent: { version: '1.1', description: 'text search dictionary that removes accents' },
  'uuid-ossp': { version: '1.1', description: 'generate universally unique identifiers (UUIDs)' },
  vector: { version: '0.8.0', description: 'vector data type and ivfflat and hnsw access methods' },
} as const satisfies Record<string, Known>
export type Extension = keyof typeof EXTENSIONS

export const isExtension = (name: string): name is Extension => name in EXTENSIONS
export const extension = (name: Extension): Known => EXTENSIONS[name]
export const extensionNames = (): Extension[] => Object.keys(EXTENSIONS).filter(isExtension)
