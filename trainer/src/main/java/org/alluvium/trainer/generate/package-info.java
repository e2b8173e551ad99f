/** Text from a trained model: a token is drawn from the predicted distribution, appended, and the next one predicted. */
package org.alluvium.trainer.generate;
