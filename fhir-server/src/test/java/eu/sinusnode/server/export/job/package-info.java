/** The run of an export, part by part. */
@NullMarked
package eu.sinusnode.server.export.job;

import org.jspecify.annotations.NullMarked;
