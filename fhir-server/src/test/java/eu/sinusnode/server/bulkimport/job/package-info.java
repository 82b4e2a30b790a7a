/** Lines of imported files, without the storage. */
@NullMarked
package eu.sinusnode.server.bulkimport.job;

import org.jspecify.annotations.NullMarked;
