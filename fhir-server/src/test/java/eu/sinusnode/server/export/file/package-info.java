/** Encrypted files, by themselves. */
@NullMarked
package eu.sinusnode.server.export.file;

import org.jspecify.annotations.NullMarked;
