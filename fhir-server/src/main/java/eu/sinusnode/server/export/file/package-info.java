/** Encrypted files of records, cut into frames that each belong to known patients. */
@NullMarked
package eu.sinusnode.server.export.file;

import org.jspecify.annotations.NullMarked;
