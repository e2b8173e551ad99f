/**
 * What the Dockerfiles are held to, since no engine builds them where they are tested: rules, what the manifests for Kubernetes say
 * of them, and processes that run from the files they would hold.
 */
package org.alluvium.images.docker;
