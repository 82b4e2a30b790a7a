/** The work of bulk imports: files are read line by line and stored, with their progress, a few thousand lines a transaction. */
@NullMarked
package eu.sinusnode.server.bulkimport.job;

import org.jspecify.annotations.NullMarked;
