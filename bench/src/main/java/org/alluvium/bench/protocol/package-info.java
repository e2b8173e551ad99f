/**
 * The protocols of log and run as a model of which every state is visited: see docs/design/0045. {@link
 * org.alluvium.bench.protocol.Protocol} is the model, {@link org.alluvium.bench.protocol.Explorer} visits, {@link
 * org.alluvium.bench.protocol.ProtocolCheck} is the command.
 */
package org.alluvium.bench.protocol;
