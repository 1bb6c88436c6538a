// What a played package's tt has of files.
import { createBlobAddresses } from './blob-addresses.js';
import { createListing } from './listing.js';
import { createManager } from './manager.js';
import { createRemote } from './remote.js';
import { createTransfers } from './transfers.js';

/** {members(parts), begin(files), blobAddress(path), transfers}: tt.js asks for its members before the listings are there. */
export function createFiles() {
  let remote = null;
  let entries = null;
  let listing = null;
  let manager = null;
  let addresses = null;

  return {
    members(parts) {
      remote = createRemote(parts.headers);
      entries = remote.listing();
      return {
        getFileSystemManager() {
          if (manager === null) {
            let isFirst = true; // of that time the listing is
            parts.begin(() => {
              if (!isFirst) listing.renew(remote.listing); // a reset may have taken files away
              isFirst = false;
            });
            manager = createManager(parts, remote, listing);
          }
          return manager;
        },
      };
    },
    /** `sizes` are those of the package's files. Before the game's code begins. */
    async begin(sizes) {
      listing = createListing(sizes, await entries || {});
      addresses = createBlobAddresses(listing, remote);
    },
    blobAddress: (path) => addresses(path),
    transfers: createTransfers(() => ({ listing, remote })),
  };
}
