/** Stored records as they lie in the storage's tables, and what they become when they are shown. */
@NullMarked
package eu.sinusnode.server.records;

import org.jspecify.annotations.NullMarked;
