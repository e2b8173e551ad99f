/**
 * The dashboard over HTTP: its pages, what they ask for, and what is pushed to them. Nothing here changes a run or a corpus.
 */
package org.alluvium.dashboard.http;
