/**
 * The dashboard as a folder of files that needs no server: answers to what pages ask, as of now. The pages are those of the live
 * dashboard, and find answers by the questions that they would send.
 */
package org.alluvium.dashboard.snapshot;
