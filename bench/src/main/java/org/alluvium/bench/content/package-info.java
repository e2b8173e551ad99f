/**
 * What the main-content extractors for the JVM make of pages whose content is known. The table and the choice are in {@code
 * docs/design/0007-main-content.md}.
 */
package org.alluvium.bench.content;
