/** {@code POST /launch}: a clinic's portal starts an app in the context of one patient. */
@NullMarked
package eu.sinusnode.server.launch;

import org.jspecify.annotations.NullMarked;
