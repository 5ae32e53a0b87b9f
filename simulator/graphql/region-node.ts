import type { REGIONS } from '../platform/regions.ts'

export const regionNode = ({ code, name, latitude, longitude, gateway }: (typeof REGIONS)[number]) => ({
  code,
  name,
  latitude,
  longitude,
  gatewayAvailable: gateway,
  requiresPaidPlan: code === 'bom',
  deprecated: false,
})
