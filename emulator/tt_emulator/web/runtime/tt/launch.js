/** getLaunchOptionsSync's answer, of the query of the page's address and of what in it is the tool's own. */
export const launchOf = (query, own) => ({
  scene: own['tt-scene'] || '', query, location: own['tt-location'] || '', launch_from: own['tt-launch-from'] || '',
});
