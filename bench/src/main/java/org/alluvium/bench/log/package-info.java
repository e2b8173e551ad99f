/** What a shard log costs that has grown for years: its entries on disk, finding its end, following it, reading all of it. */
package org.alluvium.bench.log;
