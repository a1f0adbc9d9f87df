import { describe, expect, it } from 'vitest'
import { garPlace, resourceName } from './place.ts'
import { preparation } from './prepare.ts'

describe('a path in Artifact Registry', () => {
  it.each([
    ['europe-west1-docker.pkg.dev', 'p/r/app', 'projects/p/locations/europe-west1/repositories/r', 'app'],
    ['us-docker.pkg.dev', 'p/r/a/b/app', 'projects/p/locations/us/repositories/r', 'a/b/app'],
    ['docker.us-east4.rep.pkg.dev', 'p/r/app', 'projects/p/locations/us-east4/repositories/r', 'app'],
    ['us-docker.pkg.dev', 'example.com/p/r/app', 'projects/example.com:p/locations/us/repositories/r', 'app'],
    ['gcr.io', 'p/charts/app', 'projects/p/locations/us/repositories/gcr.io', 'charts/app'],
    ['eu.gcr.io', 'p/app', 'projects/p/locations/europe/repositories/eu.gcr.io', 'app'],
  ])('%s/%s names %s', (host, repository, name, image) => {
    const place = garPlace({ host, repository })
    expect(place && resourceName(place)).toBe(name)
    expect(place?.image).toBe(image)
    expect(preparation.checkPath({ scheme: 'https', host, repository })).toBeUndefined()
  })

  it.each([
    ['us-docker.pkg.dev', 'app', 'us-docker.pkg.dev/PROJECT/REPOSITORY/app'],
    ['us-docker.pkg.dev', 'p/app', 'us-docker.pkg.dev/p/REPOSITORY/app'],
    ['gcr.io', 'app', 'gcr.io/PROJECT/app'],
  ])('%s/%s is too short, and %s is meant', (host, repository, corrected) => {
    expect(preparation.checkPath({ scheme: 'https', host, repository })).toMatchObject({ corrected })
  })
})
