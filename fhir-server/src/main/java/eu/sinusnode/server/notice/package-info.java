/** What a patient is told in the own record of what was done with it. */
@NullMarked
package eu.sinusnode.server.notice;

import org.jspecify.annotations.NullMarked;
