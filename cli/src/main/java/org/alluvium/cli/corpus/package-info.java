/** What a corpus can be asked, apart from how it is asked on a command line. */
package org.alluvium.cli.corpus;
