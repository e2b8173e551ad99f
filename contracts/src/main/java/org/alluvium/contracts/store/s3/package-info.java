/**
 * An object store on Amazon's S3 and on services that speak its protocol. {@link
 * org.alluvium.contracts.store.s3.ObjectStores} is the way in, for folders as well.
 */
package org.alluvium.contracts.store.s3;
