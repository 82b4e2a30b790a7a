/** What jobs that run as programs of their own tell the server of their runs. */
@NullMarked
package eu.sinusnode.server.jobs;

import org.jspecify.annotations.NullMarked;
