/**
 * Holds a device to plain loops: a model takes a few steps on a device that computes every kernel twice. What differs is
 * counted by kernel.
 */
package org.alluvium.trainer.tornado.examine;
