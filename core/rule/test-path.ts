/**
 * Whether a path names a test by the habits of pytest, unittest, Jest, Vitest, Mocha and Playwright: size rules have their own limits
 * there. Configuration (`tests`) can say otherwise.
 */
export function isTestPath(path: string): boolean {
  return (
    /(^|\/)(tests?|__tests__|testing|spec|specs|e2e|__mocks__|fixtures|testdata)\//.test(path) ||
    /(^|\/)(test_[^/]*|[^/]*_test|conftest|tests)\.py$/.test(path) ||
    /\.(test|spec|vitest|e2e-spec|cy|stories)\.[cm]?[jt]sx?$/.test(path)
  );
}
