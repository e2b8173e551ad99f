/**
 * What the distribution is made of, and whether we may and want to ship it: the bill of materials, licences with their texts, and
 * advisories. A tool of the build, which judges the folder that {@code ./alluvium dist} has put together; nothing of it is shipped.
 */
package org.alluvium.images.supply;
