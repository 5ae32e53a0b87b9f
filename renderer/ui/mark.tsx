/** The hangar: a roof, two closed doors, one bay lit. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <g fill="currentColor">
        <path d="M2 14C3.400 8 9 4 16 4s12.600 4 14 10z" />
        <path d="M2 16h8v12H2zM22 16h8v12h-8z" />
      </g>
      <path fill="var(--accent)" d="M12 16h8v12h-8z" />
    </svg>
  )
}
