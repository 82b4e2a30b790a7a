/** Tests of the launcher's part {@code service}. */
@NullMarked
package eu.sinusnode.launcher.service;

import org.jspecify.annotations.NullMarked;
