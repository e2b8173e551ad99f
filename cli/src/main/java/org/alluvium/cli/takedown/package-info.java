/** What a takedown has found, for people and as JSON: documents, files, and the runs that learned from them. */
package org.alluvium.cli.takedown;
