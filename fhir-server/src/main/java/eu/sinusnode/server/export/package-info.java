/** Bulk export: {@code $export}, its status and its files, as HL7's Bulk Data Access IG describes them. */
@NullMarked
package eu.sinusnode.server.export;

import org.jspecify.annotations.NullMarked;
