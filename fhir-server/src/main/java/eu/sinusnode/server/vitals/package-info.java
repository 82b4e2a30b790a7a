/** New vital signs by the hundred: one way past HAPI's storage that leaves the same rows, hooks and answers. */
@NullMarked
package eu.sinusnode.server.vitals;

import org.jspecify.annotations.NullMarked;
