/** Tests of the launcher's part {@code http}. */
@NullMarked
package eu.sinusnode.launcher.http;

import org.jspecify.annotations.NullMarked;
