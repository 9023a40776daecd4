internal import CMapping

/// Where large buffers come from.
package enum LargeBuffers {
  /// Has buffers of so many bytes and more mapped by themselves, so that one that grew leaves nothing behind.
  ///
  /// Left to itself the allocator takes ever larger ones from its heap (mallopt(3), M_MMAP_THRESHOLD), and what they leave
  /// there is hardly ever whole again.
  package static func mapsFrom(bytes: Int32) { taffrail_mapping_buffers(bytes) }
}
