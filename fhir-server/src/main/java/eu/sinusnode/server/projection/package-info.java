/** What stored resources mean to the policies, kept in tables by the transaction that stores the resource. */
@NullMarked
package eu.sinusnode.server.projection;

import org.jspecify.annotations.NullMarked;
