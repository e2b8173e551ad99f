/**
 * Web pages as text: in whatever encoding their bytes are, without what surrounds their content, with title and date. Pure
 * functions of bytes that take anything for a page, however broken it is.
 */
package org.alluvium.ingest.html;
