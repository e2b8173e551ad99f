/** What runs sequences of kernels over one memory: an accelerator, or plain loops where there is none. */
package org.alluvium.trainer.tornado.device;
