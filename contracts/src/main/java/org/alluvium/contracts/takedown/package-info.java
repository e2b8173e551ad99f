/** What was taken out of a corpus, and what has become of its files since: a view on the takedowns and rewrites of the log. */
package org.alluvium.contracts.takedown;
