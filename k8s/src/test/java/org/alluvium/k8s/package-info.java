/**
 * Tests of the Kubernetes manifests: every overlay is rendered by kubectl, and what comes out is held against published
 * schemas, our own policy and our own configuration. No cluster is needed, and none is asked.
 */
package org.alluvium.k8s;
