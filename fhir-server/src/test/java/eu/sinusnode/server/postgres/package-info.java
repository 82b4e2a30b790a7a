/** The embedded PostgreSQL under test, and one for the tests of everything else. */
@NullMarked
package eu.sinusnode.server.postgres;

import org.jspecify.annotations.NullMarked;
