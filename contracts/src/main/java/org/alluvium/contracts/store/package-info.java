/** The few storage operations that correctness rests on, so that a folder and an object store can both provide them. */
package org.alluvium.contracts.store;
