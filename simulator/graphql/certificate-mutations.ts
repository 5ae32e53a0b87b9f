import { examine, removeCertificate, requestCertificate } from '../apps/certificates.ts'
import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import type { App, Certificate } from '../world/types.ts'
import { appNode } from './app-node.ts'
import { certificateNode, hostnameCheck } from './certificate-node.ts'
import type { Context } from './context.ts'

interface Named {
  appId: string
  hostname: string
}

function certificateFor({ world, principal }: Context, { appId, hostname }: Named): [App, Certificate] {
  const app = appFor(world, principal, appId)
  const found = app.certificates.find((certificate) => certificate.hostname === hostname)
  if (!found) throw new FlyError(404, 'Could not find Certificate')
  return [app, found]
}

export const certificateMutations = (context: Context) => {
  const { world, principal } = context
  return {
    addCertificate({ appId, hostname }: Named) {
      const app = appFor(world, principal, appId)
      const made = requestCertificate(world, app, hostname)
      return {
        certificate: certificateNode(world, app, made),
        check: hostnameCheck(world, app, hostname),
        errors: [],
      }
    },
    checkCertificate({ input }: { input: Named }) {
      const [app, certificate] = certificateFor(context, input)
      examine(world, app, certificate)
      return {
        app: appNode(context, app),
        certificate: certificateNode(world, app, certificate),
        check: hostnameCheck(world, app, input.hostname),
      }
    },
    deleteCertificate(named: Named) {
      const [app, found] = certificateFor(context, named)
      removeCertificate(world, app, found)
      return { app: appNode(context, app), certificate: certificateNode(world, app, found) }
    },
  }
}
