import './tokens.css'
import './fonts.css'
import './base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { connectToMain } from './lib/ipc.ts'

async function main(): Promise<void> {
  const ipc = await connectToMain()
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(<App ipc={ipc} />)
}

void main()
