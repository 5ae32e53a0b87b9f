import { expect, test } from 'vitest'
import { placement } from './window-state.ts'

const laptop = { x: 0, y: 0, width: 1280, height: 800 }
const monitor = { x: 1280, y: -200, width: 1920, height: 1080 }
const at = (x: number, y: number) => ({ bounds: { x, y, width: 1000, height: 700 }, maximized: false })

test('a window comes back where it was', () => {
  expect(placement(at(100, 50), [laptop])).toEqual({ x: 100, y: 50, width: 1000, height: 700 })
  expect(placement(at(1500, -150), [laptop, monitor])).toMatchObject({ x: 1500, y: -150 })
})

test.each([
  ['its monitor is unplugged', at(1500, 100)],
  ['only a sliver is left at the edge', at(1200, 100)],
  ['its title bar is above the screen', at(100, -50)],
  ['its title bar is below the screen', at(100, 790)],
])('when %s, it keeps its size and is placed anew', (_, state) => {
  expect(placement(state, [laptop])).toEqual({ width: 1000, height: 700 })
})

test('the first window has the default size', () => {
  expect(placement({ maximized: false }, [laptop])).toEqual({ width: 1440, height: 900 })
})
