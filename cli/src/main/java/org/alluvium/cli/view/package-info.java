/**
 * What a person sees while a run goes on. A snapshot becomes lines by pure functions; only {@code LiveDisplay} and
 * {@code Terminal} know that there is a screen.
 */
package org.alluvium.cli.view;
